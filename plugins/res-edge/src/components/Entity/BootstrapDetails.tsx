import { useState } from 'react';
import { Button, Select, Text } from '@backstage/ui';
import { BootstrapFile } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { Loaded } from '../common';
import styles from './entity.module.css';

const ENGINES = [
  { value: 'flux', label: 'Flux' },
  { value: 'argocd', label: 'Argo CD' },
];

/** What to ask for; nothing is what is configured. */
const TRANSPORTS = [
  { value: 'git', label: 'Git' },
  { value: 'oci', label: 'OCI artifact' },
];

function File({ file }: { file: BootstrapFile }) {
  const { name, purpose, content } = file;
  return (
    <div>
      <div className={styles.fileTitle}>
        <Text as="h3" variant="body-medium" weight="bold">
          {name}
        </Text>
        {/* Browsers have it only where the portal has TLS. */}
        {navigator.clipboard && (
          <Button
            size="small"
            variant="tertiary"
            aria-label={`Copy ${name}`}
            onPress={() => navigator.clipboard.writeText(content)}
          >
            Copy
          </Button>
        )}
      </div>
      <Text as="p" variant="body-small" color="secondary">
        {purpose}
      </Text>
      {/* It scrolls, and must be reached by keyboard for that. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.file} tabIndex={0} aria-label={name}>
        {content}
      </pre>
    </div>
  );
}

/** What has to be done on a cluster itself, once; read when somebody opens it. */
export function BootstrapDetails({ cluster }: { cluster: string }) {
  const [open, setOpen] = useState(false);
  const [engine, setEngine] = useState<'flux' | 'argocd'>();
  const [transport, setTransport] = useState<'git' | 'oci'>();
  const resource = useResource(
    open ? `bootstrap/${cluster}/${engine}/${transport}` : undefined,
    api => api.getClusterBootstrap({ name: cluster, engine, transport }),
  );
  return (
    <details
      className={styles.more}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary>
        <Text variant="title-x-small">
          Bootstrap: what the cluster itself needs, once
        </Text>
      </summary>
      {open && (
        <div className={styles.layout}>
          <Select
            label="Delivered by"
            options={ENGINES}
            value={engine ?? resource.value?.engine ?? 'flux'}
            onChange={key => setEngine(key === 'argocd' ? key : 'flux')}
          />
          <Select
            label="Follows"
            options={TRANSPORTS}
            value={transport ?? resource.value?.transport ?? 'git'}
            onChange={key => setTransport(key === 'oci' ? key : 'git')}
          />
          <Loaded resource={resource}>
            {found => (
              <>
                <Text as="p" variant="body-medium">
                  It follows <code>{found.tag ?? found.branch}</code> of{' '}
                  <code>{found.url}</code>
                  {found.secret && (
                    <>
                      {' '}
                      with what is in its Secret <code>{found.secret}</code>
                    </>
                  )}
                  .
                </Text>
                {found.problems?.map(({ entity, field, message }) => (
                  <Text as="p" variant="body-medium" key={entity + field}>
                    {entity}, {field}: {message}
                  </Text>
                ))}
                {found.files.map(file => (
                  <File key={file.name} file={file} />
                ))}
              </>
            )}
          </Loaded>
        </div>
      )}
    </details>
  );
}
