import { Explanation } from '@res-edge/backstage-plugin-res-edge-common';
import { etaText } from '../terminal/etaText';
import { Streams, writeTo } from '../terminal/Streams';
import { printable } from '../terminal/table';

const MARKS = { passed: '+', failed: '-', skipped: ' ' };

/** Why an application is placed on a cluster, or why not: as JSON, or as people read it. @internal */
export async function writeExplanation(
  explanation: Explanation,
  json: boolean,
  { stdout }: Streams,
): Promise<void> {
  const { eta, summary } = explanation;
  const lines = [summary, ...(eta ? [`Expected: ${etaText(eta)}`] : [])];
  for (const found of explanation.steps) {
    const { step, verdict, rule, message, wouldChange } = found;
    lines.push('', `${MARKS[verdict]} ${step}: ${message}`);
    if (rule !== undefined) lines.push(`    rule: ${rule}`);
    if (wouldChange !== undefined)
      lines.push(`    for the opposite: ${wouldChange}`);
  }
  await writeTo(
    stdout,
    json
      ? `${JSON.stringify(explanation, undefined, 2)}\n`
      : lines.map(line => `${printable(line)}\n`).join(''),
  );
}
