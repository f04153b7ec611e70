import { InputError } from '@backstage/errors';
import {
  EdgeEntity,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ContentSubject,
  FileMap,
  readDecisions,
  readGroup,
  renderGroupWithContentOf,
  renderNamespaceSlice,
  sliceChanges,
  withContentOf,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { locationOf, StoredRollout } from '../database';
import { digestOf, Intent, wordFor } from './Intent';
import { MainState } from './MainBranch';
import { PlannedMain } from './PlannedMain';

/**
 * What lets main hold again what a namespace or group was: of a namespace its content and its selector, of a group its values
 * and components. All else of it stays as it is now.
 *
 * @param former - the files of main when it was that; undefined where nobody knows
 * @throws InputError where nobody knows
 * @internal
 */
export function takeBackIntent(
  { main, registration }: PlannedMain,
  { kind, name }: ContentSubject,
  stored: StoredRollout,
  former: FileMap | undefined,
): Intent {
  if (!former)
    throw new InputError(
      'what it was before is not in the history of main any more; register another content to go back',
    );
  const { entity, slice } =
    kind === 'EdgeGroup'
      ? formerGroup(main, name, former)
      : formerNamespace(main, name, former);
  const changes = sliceChanges(main.files, slice);
  const ref = entityRefOf(kind, name);
  const record = registration.records.get(ref);
  return {
    ...{ ref, kind, name, changes, rollout: stored },
    entity: record?.entity ?? entity,
    location: record && locationOf(record.origin),
    title: `Take the content of ${wordFor(kind)} ${name} back`,
    digest: digestOf(changes),
  };
}

interface Former {
  /** As main has it now. */
  readonly entity: EdgeEntity;
  readonly slice: FileMap;
}

function formerGroup(
  { files }: MainState,
  name: string,
  former: FileMap,
): Former {
  const entity = readGroup(files, name);
  return { entity, slice: renderGroupWithContentOf(entity, former) };
}

function formerNamespace(
  { decisions }: MainState,
  name: string,
  former: FileMap,
): Former {
  const { entity } = decisions.namespaces.get(name)!;
  const was = readDecisions(former).decisions.namespaces.get(name)!;
  const slice = renderNamespaceSlice(withContentOf(entity, was.entity));
  return { entity, slice };
}
