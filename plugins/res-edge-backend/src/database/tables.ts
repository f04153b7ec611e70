// `null` is what databases know instead of `undefined`; it stays within this folder.

/** A row of `entities`. @internal */
export interface EntityRecordRow {
  ref: string;
  kind: string;
  name: string;
  origin: string;
  location?: string | null;
  digest: string;
  entity: string;
  revision: number;
  created_at: string;
  updated_at: string;
  also_at?: string | null;
}

/** A row of `changes`; `sequence` is given by the database. @internal */
export interface ChangeRow {
  sequence: number;
  revision?: number | null;
  at: string;
  actor: string;
  request?: string | null;
  operation: string;
  origin?: string | null;
  kind: string;
  name: string;
  action: string;
  before?: string | null;
  after?: string | null;
}

/** A row of `plans`; `sequence` is given by the database. @internal */
export interface PlanRow {
  sequence: number;
  id: string;
  created_at: string;
  cause: string;
  change_request?: string | null;
  main_commit?: string | null;
  inventory_revision: number;
  totals: string;
  effects: string;
  problems: string;
  losses?: string | null;
  policy?: string | null;
}

/** A row of `change_requests`. @internal */
export interface ChangeRequestRow {
  id: string;
  intent: string;
  title: string;
  description?: string | null;
  state: string;
  branch: string;
  base_commit?: string | null;
  head_commit?: string | null;
  digest: string;
  plan_id?: string | null;
  requested_by?: string | null;
  totals: string;
  blocked?: string | null;
  pull_request?: string | null;
  approvals?: string | null;
  checks?: string | null;
  created_at: string;
  updated_at: string;
  merged_at?: string | null;
  merged_by?: string | null;
  merge_commit?: string | null;
}

/** A row of `leases`; PostgreSQL gives big integers as strings. @internal */
export interface LeaseRow {
  name: string;
  holder: string;
  fencing: number;
  expires_at: number | string;
}

/** A row of `registration_problems`; `id` is given by the database. @internal */
export interface RegistrationProblemRow {
  id: number;
  source: string;
  entity: string;
  field: string;
  message: string;
  at: string;
}
