import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';

/** Where in a selector something is written. @internal */
export interface Place {
  readonly position?: number;
  readonly field?: string;
}

/** The comparisons of numbers. @internal */
export type NumberOperator = 'Gt' | 'Ge' | 'Lt' | 'Le';

/**
 * What the three ways to write a selector are turned into, and all that is evaluated.
 *
 * @internal
 */
export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'group'; readonly name: string; readonly place: Place }
  | { readonly kind: 'cluster'; readonly name: string; readonly place: Place }
  | { readonly kind: 'namespace'; readonly name: string; readonly place: Place }
  | {
      readonly kind: 'text';
      readonly key: string;
      readonly values: readonly string[];
    }
  | { readonly kind: 'exists'; readonly key: string }
  | {
      readonly kind: 'compare';
      readonly key: string;
      readonly operator: NumberOperator;
      readonly value: number;
    }
  | {
      readonly kind: 'cel';
      readonly expression: Expr;
      readonly columns: readonly CelColumn[];
      readonly place: Place;
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition };

/** A fact that a CEL condition reads: `labels.x`, `attributes.x`, `groups`, `name`, `capacity.cpu` and so on, `*` for any. @internal */
export type CelColumn = string;

/** A part of a selector that must hold by itself, with its place and its text as people read it. @internal */
export interface SelectorPart {
  readonly field: string;
  readonly text: string;
  readonly condition: Condition;
}

/** A selector, understood: all of `parts`, or one of `include`, and none of `exclude`. @internal */
export interface ParsedSelector {
  readonly parts: readonly SelectorPart[];
  readonly include: readonly { readonly name: string; readonly place: Place }[];
  readonly exclude: readonly { readonly name: string; readonly place: Place }[];
}
