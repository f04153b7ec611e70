import { CustomErrorBase } from '@backstage/errors';

/**
 * What is reviewed elsewhere cannot be written there now. Its message holds the server's own words.
 *
 * @internal
 */
export class ReviewError extends CustomErrorBase {
  name = 'ReviewError' as const;
}
