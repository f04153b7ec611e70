/** What is merged directly is read again; more rounds than this would mean that a slice never comes to rest. @internal */
export const MAX_ROUNDS = 3;
