import {
  DecideInput,
  DeliveredShard,
  Plan,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { MainState } from './MainBranch';
import { Registration } from './Registration';

/** What main holds now, and what follows from it. @internal */
export interface PlannedMain {
  readonly registration: Registration;
  readonly main: MainState;
  readonly input: DecideInput;
  readonly plan: Plan;
  /** What the shards' branches hold. */
  readonly delivered: ReadonlyMap<string, DeliveredShard>;
}
