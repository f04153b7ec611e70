import { useEffect, useMemo, useState } from 'react';
import { Button, Text, TextAreaField } from '@backstage/ui';
import { useDebounced, useQueryParameter } from '../../hooks';
import { PageContent } from '../common';
import { EXAMPLES } from './examples';
import { SelectorResult } from './SelectorResult';
import { readSelector } from './readSelector';
import styles from './selectors.module.css';

/** Type a selector, see at once which clusters it matches, or where it is wrong. The address holds it, to be passed on. */
export function SelectorsPage() {
  const [linked = '', setLinked] = useQueryParameter('selector');
  const [text, setText] = useState(linked);
  const rested = useDebounced(text);
  useEffect(() => {
    if (rested !== linked) {
      setLinked(rested);
    }
    // the address follows the text and never leads it
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [rested]);
  const read = useMemo(() => readSelector(rested), [rested]);
  return (
    <PageContent>
      <div className={styles.layout}>
        <div className={styles.column}>
          <TextAreaField
            className={styles.input}
            label="Selector"
            description="A mapping in YAML or JSON, an expression in CEL, or paths such as /g/stores/central"
            rows={10}
            value={text}
            onChange={setText}
            spellCheck="false"
          />
          <div>
            <Text as="p" variant="body-small" color="secondary">
              Start from an example
            </Text>
            <div className={styles.examples}>
              {EXAMPLES.map(example => (
                <Button
                  key={example.title}
                  variant="secondary"
                  size="small"
                  onPress={() => setText(example.text)}
                >
                  {example.title}
                </Button>
              ))}
            </div>
          </div>
        </div>
        <div className={styles.column} aria-live="polite">
          <SelectorResult text={rested} read={read} stale={rested !== text} />
        </div>
      </div>
    </PageContent>
  );
}
