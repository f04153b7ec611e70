import { JsonSchema } from './JsonSchema';

/** A length of time, such as `1h30m`. @internal */
export const duration: JsonSchema = {
  type: 'string',
  maxLength: 20,
  pattern: '^(?=[0-9])(?:[0-9]{1,3}d)?(?:[0-9]{1,4}h)?(?:[0-9]{1,5}m)?$',
  description: 'a length of time in days, hours and minutes, such as "1h30m"',
};

/** A point in time: local, or with an offset. @internal */
export const pointInTime: JsonSchema = {
  type: 'string',
  maxLength: 40,
  pattern:
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?$',
  description:
    'a time in quotes such as "2026-11-26T00:00", or with an offset such as "2026-11-26T00:00-05:00"',
};

/** The name of a time zone. That it exists is the engine's to say. @internal */
export const timeZone: JsonSchema = {
  type: 'string',
  maxLength: 64,
  pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$',
  description: 'an IANA time zone such as America/Chicago',
};
