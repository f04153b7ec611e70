import { useSubPath } from '../../hooks';
import { RolloutDetails } from './RolloutDetails';
import { RolloutList } from './RolloutList';

/** The newest rollout of each application, or the one that the address names. */
export function RolloutsPage() {
  const id = useSubPath();
  return id ? <RolloutDetails id={id} /> : <RolloutList />;
}
