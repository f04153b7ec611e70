import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import { renderPromotion } from '@res-edge/backstage-plugin-res-edge-engine';
import { locationOf } from '../database';
import { digestOf, Intent } from './Intent';
import { PlannedMain } from './PlannedMain';

/**
 * Asks for the next ring of each application: what its first ring has reached goes to the first one that has something
 * else. Each promotion is an intent of its own, and waits for a person.
 *
 * @param busy - references of entities that something else is asked for, or that are held
 * @internal
 */
export function findPromotions(
  { main, plan, registration }: PlannedMain,
  busy: ReadonlySet<string>,
): Intent[] {
  const intents: Intent[] = [];
  for (const entity of registration.inventory.applications) {
    const { name } = entity.metadata;
    const ref = entityRefOf('EdgeApplication', name);
    const decision = main.decisions.applications.get(name);
    const rings = plan.rollouts.get(entity.spec.rollout ?? '')?.rings;
    if (!decision || !rings || busy.has(ref)) continue;
    const releases = plan.applications.get(name)?.releases ?? [];
    const reached = rings.map(ring =>
      releases.find(each => each.rings.includes(ring.name)),
    );
    const [wanted] = reached;
    const next = reached.findIndex(each => each !== wanted);
    if (!wanted || next < 0) continue;
    const { version, digest } = wanted.release;
    const was = reached[next]?.release.version;
    const ring = rings[next].name;
    const changes = [
      renderPromotion(main.files, decision.entity, ring, digest),
    ];
    const record = registration.records.get(ref);
    intents.push({
      ...{ ref, kind: 'EdgeApplication', name, entity, changes },
      location: record && locationOf(record.origin),
      title: `Promote ${name} ${version} to ${ring} (${
        was === undefined ? 'nothing there yet' : `was ${was}`
      })`,
      digest: digestOf(changes),
    });
  }
  return intents;
}
