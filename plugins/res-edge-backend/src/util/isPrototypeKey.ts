const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'prototype'];

/** A key that reaches into JavaScript's own objects somewhere down the line; no mapping from outside may have it. @internal */
export function isPrototypeKey(key: string): boolean {
  return PROTOTYPE_KEYS.includes(key);
}
