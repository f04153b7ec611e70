import { APPLICATION_STATES } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  ChangeEta,
  ReportedApplication,
  ResEdgeApi,
  StateCounts,
} from '@res-edge/backstage-plugin-res-edge-common';
import { connect } from '../online/connect';
import { parseKind } from '../online/parseKind';
import { etaText } from '../terminal/etaText';
import { writeTo } from '../terminal/Streams';
import { printable, table } from '../terminal/table';
import { UsageError } from '../UsageError';
import { Call, Command } from './Command';
import { DRIFT_OPTION, SERVER_OPTIONS } from './options';

/** Pages of an application's clusters are as large as they may be. */
const PAGE = 1000;

const STATE_HEADERS = APPLICATION_STATES.map(state => state.toUpperCase());

/** What is asked for, as it is and as people read it. */
interface Answer {
  readonly value: object;
  readonly text: string;
  /** Whether something is not as it is wanted. */
  readonly drift: boolean;
}

/** `resedge status`, `resedge status KIND NAME`. @internal */
export const status: Command = {
  name: 'status',
  usages: [[], ['KIND', 'NAME']],
  outputs: ['json'],
  options: [DRIFT_OPTION, ...SERVER_OPTIONS],
  summary: 'show what clusters report, against what they are told to run',
  description: `
KIND is cluster or application; without it, the whole fleet. With --drift only
what is not as it is wanted: failed, behind, being applied, never reported, or on
clusters that are silent; the exit status is 1 where there is any.`,
  examples: [
    'resedge status --drift',
    'resedge status cluster central-tx-atx-2301',
    'resedge status application imdb --drift -o json',
  ],
  async run(call: Call) {
    const { streams, json, options } = call;
    const answer = await answerOf(connect(call), call);
    await writeTo(
      streams.stdout,
      json ? `${JSON.stringify(answer.value, undefined, 2)}\n` : answer.text,
    );
    return options.drift && answer.drift ? 1 : 0;
  },
};

async function answerOf(
  api: ResEdgeApi,
  { positionals, options }: Call,
): Promise<Answer> {
  const [word, name] = positionals;
  const drift = options.drift ?? false;
  if (word === undefined) return ofFleet(api, drift);
  const kind = parseKind(word);
  if (kind === 'EdgeCluster') return ofCluster(api, name, drift);
  if (kind === 'EdgeApplication') return ofApplication(api, name, drift);
  throw new UsageError(
    `KIND: '${word}' reports nothing; allowed are cluster and application`,
  );
}

async function ofFleet(api: ResEdgeApi, drift: boolean): Promise<Answer> {
  const { clusters, applications } = await api.getFleetStatus();
  const shown = applications.filter(({ counts }) => !drift || hasDrift(counts));
  const { fresh, awaited, stale, offline, unknown } = clusters;
  return {
    value: { clusters, applications: shown },
    text: [
      `Clusters: ${fresh} fresh, ${awaited} with no report yet, ${stale} stale, ${offline} offline, ${unknown} never reported\n`,
      shown.length === 0
        ? ''
        : table(
            ['APPLICATION', ...STATE_HEADERS],
            shown.map(({ application, counts }) => [
              application,
              ...APPLICATION_STATES.map(state => counts[state]),
            ]),
          ),
    ].join('\n'),
    drift: applications.some(({ counts }) => hasDrift(counts)),
  };
}

async function ofCluster(
  api: ResEdgeApi,
  name: string,
  drift: boolean,
): Promise<Answer> {
  const found = await api.getClusterStatus({ name });
  const { freshness, heardAt, build, applications } = found;
  const differing = applications.filter(({ state }) => state !== 'current');
  const shown = drift ? differing : applications;
  const lines = [
    `Cluster: ${freshness}, last heard of ${heardAt ?? 'never'}`,
    build
      ? `Bill: ${build.condition} at commit ${build.commit}${messageOf(
          build.message,
        )}`
      : 'Bill: never reported',
  ];
  return {
    value: { ...found, applications: shown },
    text: `${lines.map(printable).join('\n')}\n\n${rowsText(
      'APPLICATION',
      shown.map(row => ({ ...row, name: row.application })),
    )}`,
    drift: differing.length > 0,
  };
}

async function ofApplication(
  api: ResEdgeApi,
  name: string,
  drift: boolean,
): Promise<Answer> {
  const query = {
    name,
    limit: PAGE,
    ...(drift && { state: 'drift' as const }),
  };
  const first = await api.getApplicationStatus(query);
  const items = [...first.items];
  for (let cursor = first.nextCursor; cursor !== undefined; ) {
    const page = await api.getApplicationStatus({ ...query, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  const { application, counts, byGroup, total } = first;
  const totals = APPLICATION_STATES.filter(state => counts[state] > 0).map(
    state => `${counts[state]} ${state}`,
  );
  return {
    value: { application, counts, byGroup, total, items },
    text: `Clusters: ${totals.join(', ') || 'none'}\n\n${rowsText(
      'CLUSTER',
      items.map(row => ({ ...row, name: row.cluster })),
    )}`,
    drift: hasDrift(counts),
  };
}

function hasDrift(counts: StateCounts): boolean {
  return APPLICATION_STATES.some(
    state => state !== 'current' && counts[state] > 0,
  );
}

function rowsText(
  header: string,
  rows: readonly {
    name: string;
    state: string;
    revision?: string;
    version?: string;
    reported?: ReportedApplication;
    eta?: ChangeEta;
  }[],
): string {
  if (rows.length === 0) return 'nothing to show\n';
  const isExpected = rows.some(({ eta }) => eta);
  return table(
    [
      ...[header, 'STATE', 'WANTED', 'REPORTED', 'AT'],
      ...(isExpected ? ['EXPECTED'] : []),
      'MESSAGE',
    ],
    rows.map(({ name, state, revision, version, reported, eta }) => [
      name,
      state,
      version ?? revision ?? '-',
      reported ? reported.version ?? reported.revision : '-',
      reported?.at ?? '-',
      ...(isExpected ? [eta ? etaText(eta) : '-'] : []),
      reported?.message ?? '',
    ]),
  );
}

function messageOf(message: string | undefined): string {
  return message === undefined ? '' : `: ${message}`;
}
