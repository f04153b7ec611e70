// Signatures only, until each has its own file.
import { NotImplementedError } from '@backstage/errors';
import {
  EdgeApplicationEntity,
  EdgeGroupEntity,
  EdgeKind,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { Snapshot } from '../snapshot';
import {
  ApplicationSource,
  Bill,
  BuiltSource,
  Capture,
  Decisions,
  DeliveredShard,
  DeliveryRendering,
  FileChange,
  FileMap,
  Plan,
  SourceBuild,
} from '../model';

const later = (): never => {
  throw new NotImplementedError('not written yet');
};

// ---- main: slices
/** The files (`x.yaml`) and folders (`x/`) of main that an entity owns; none for clusters. */
export const intentPaths: (kind: EdgeKind, name: string) => readonly string[] =
  later;
export const renderApplicationSlice: (
  entity: EdgeApplicationEntity,
  capture: Capture,
) => FileMap = later;
export const renderNamespaceSlice: (entity: EdgeNamespaceEntity) => FileMap =
  later;
/** `components`: the files of each component's folder, by `path` as the entity writes it. */
export const renderGroupSlice: (
  entity: EdgeGroupEntity,
  components: ReadonlyMap<string, FileMap>,
) => FileMap = later;
export const renderPolicySlice: (entity: EdgePolicyEntity) => FileMap = later;
/** `.res-edge/layout.yaml`. */
export const renderLayoutFile: () => FileMap = later;
/** The changes that bring `slice` onto main; what main has and the slice has not stays (versions are never changed). */
export const sliceChanges: (main: FileMap, slice: FileMap) => FileChange[] =
  later;
/** The changes that take everything of an entity away. */
export const sliceRemoval: (
  paths: Iterable<string>,
  kind: EdgeKind,
  name: string,
) => FileChange[] = later;
export const readDecisions: (main: FileMap) => {
  decisions: Decisions;
  problems: Problem[];
} = later;
/** namespaces/<ns>/targets.lock.yaml */
export const renderTargetsLock: (
  entity: EdgeNamespaceEntity,
  snapshot: Snapshot,
  clusters: Bitmap,
) => string = later;
// ---- shards
export const assignShards: (
  existing: ReadonlyMap<string, string>,
  clusters: Iterable<string>,
) => ReadonlyMap<string, string> = later;
export const renderShards: (shards: ReadonlyMap<string, string>) => FileMap =
  later;
export const readShards: (main: FileMap) => {
  shards: ReadonlyMap<string, string>;
  problems: Problem[];
} = later;
// ---- capture
/** Before any build: closed, small, of allowed form. */
export const checkSource: (
  entity: EdgeApplicationEntity,
  source: ApplicationSource,
) => Problem[] = later;
/** What to build of a source that was just read: the base, and each override with patches. */
export const sourceBuilds: (
  entity: EdgeApplicationEntity,
  source: ApplicationSource,
) => SourceBuild[] = later;
/** Reads what kustomize printed. */
export const parseManifests: (text: string) => BuiltSource = later;
/** After the builds (by key). */
export const createCapture: (
  entity: EdgeApplicationEntity,
  source: ApplicationSource,
  built: ReadonlyMap<string, BuiltSource>,
) => Capture = later;
/** A version that main holds already stays as it was captured; other bytes are a problem of the capture returned. */
export const keepCaptured: (
  main: FileMap,
  entity: EdgeApplicationEntity,
  fresh: Capture,
) => Capture = later;
// ---- delivery
/** What to build of main so that `renderDelivery` finds it in `built`, by key; cache by key across runs if you like: a key's content never changes. */
export const releaseBuilds: (
  main: FileMap,
  decisions: Decisions,
) => SourceBuild[] = later;
export interface DeliveryInput {
  /** All files of main (at least apps/, namespaces/, groups/). */
  readonly main: FileMap;
  readonly decisions: Decisions;
  readonly plan: Plan;
  /** By key of {@link releaseBuilds}; a key that is missing breaks just that release. */
  readonly built: ReadonlyMap<string, BuiltSource>;
  /** The shard of each cluster. */
  readonly shards: ReadonlyMap<string, string>;
  readonly delivered: ReadonlyMap<string, DeliveredShard>;
}
export const renderDelivery: (input: DeliveryInput) => DeliveryRendering =
  later;
export const parseBill: (cluster: string, text: string) => Bill = later;
/** One shard's branch from its listing: `content` is needed for `clusters/**` only. */
export const readDeliveredShard: (
  shard: string,
  files: Iterable<{
    path: string;
    hash: string;
    content?: string | Uint8Array;
  }>,
) => DeliveredShard = later;
/** The commit of main etc. go into the trailers by the caller. */
export const gitBlobHash: (content: string | Uint8Array) => string = later;
