/** How a value of a gate is compared with its threshold. @public */
export const GATE_OPERATORS = ['<', '<=', '>', '>='] as const;

/** One of {@link GATE_OPERATORS}. @public */
export type GateOperator = (typeof GATE_OPERATORS)[number];

/** What all gates of a ring say. @public */
export type RolloutGateBase = {
  /** Unique in its ring. */
  name: string;
  /** How long it has to pass without a break; once is enough where left out. */
  for?: string;
  /** How long it may fail before the rollout stops, or is taken back; it holds the ring as long as it fails where left out. */
  timeout?: string;
  /** What it means that there is no data: `hold`, where left out, keeps the ring where it is, for as long as that lasts. */
  onNoData?: 'hold' | 'pass' | 'fail';
};

/** So many of the reachable clusters of the ring have to be healthy, in all that is delivered to them. @public */
export type HealthGate = RolloutGateBase & {
  type: 'health';
  /** Such as `98%`. */
  threshold: string;
};

/** What a query of Prometheus gives compares with a threshold. @public */
export type PrometheusGate = RolloutGateBase & {
  type: 'prometheus';
  /** The name of a server that is configured. */
  server: string;
  /** PromQL that gives one value; knows `${{ application }}`, `${{ version }}` and `${{ ring }}`. */
  query: string;
  operator: GateOperator;
  threshold: number;
};

/** Another system is asked. @public */
export type WebhookGate = RolloutGateBase & {
  type: 'webhook';
  /** The name of a webhook that is configured. */
  webhook: string;
  /** With a threshold, the value that it answers counts, and not what it says. */
  operator?: GateOperator;
  threshold?: number;
};

/** A gate of a type that a module of the backend adds. @public */
export type ModuleGate = RolloutGateBase & {
  type: string;
  operator?: GateOperator;
  threshold?: number;
  /** What that type knows. */
  parameters?: Record<string, string | number | boolean>;
};

/** What has to pass before a ring is done. @public */
export type RolloutGate =
  | HealthGate
  | PrometheusGate
  | WebhookGate
  | ModuleGate;

/** What is known of a gate at one moment, before it is compared. @public */
export type GateMeasurement = {
  /** Counts where the gate has no threshold; `no-data` where left out. */
  result?: 'pass' | 'fail' | 'no-data';
  /** Counts where the gate has one. */
  value?: number;
  /** What people should know of it. */
  message?: string;
};
