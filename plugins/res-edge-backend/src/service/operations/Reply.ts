/** An answer that is more than a body: with a status of its own, with headers, or line by line. @internal */
export class Reply<Body> {
  constructor(
    readonly body: Body | undefined,
    readonly more: {
      /** The first of the document where left out. */
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Sent as NDJSON, instead of the body. */
      readonly lines?: Iterable<object>;
    } = {},
  ) {}
}
