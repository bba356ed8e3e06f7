/**
 * The TypeScript type of the messages a schema describes (see schema.ts): the same reading of the
 * notation as there, once more for the compiler, so that a handler cannot misspell a field.
 */
export type MessageOf<Schema extends string> = Fields<Lines<Schema>, unknown>[0];

/** The primitive types of the protocol. */
export interface Primitives {
  int8: number;
  int16: number;
  int32: number;
  /** Offsets, times and producer ids: all stay below 2^53 here, anything else is refused. */
  int64: number;
  bool: boolean;
  string: string;
  bytes: Buffer;
}

type Lines<S extends string> = S extends `${infer Line}\n${infer Rest}`
  ? `${Line} ${Lines<Rest>}`
  : `${S} `;

type Fields<S extends string, M> = S extends `${infer Token} ${infer Rest}`
  ? Token extends ']'
    ? [M, Rest]
    : Token extends `${infer Name}:${infer Type}`
      ? Type extends '[' | '?['
        ? Fields<Rest, unknown> extends [infer Item, infer After extends string]
          ? Fields<After, M & Field<Name, readonly Item[] | (Type extends '?[' ? null : never)>>
          : never
        : Fields<Rest, M & Field<Name, Value<Type>>>
      : Fields<Rest, M>
  : [M, ''];

type Field<Name extends string, V> = {
  readonly [N in Name extends `${infer Bare}@${string}` ? Bare : Name]: V;
};

type Value<Type extends string> = Type extends `${infer Bare}=${string}`
  ? Value<Bare>
  : Type extends `?${infer Bare}`
    ? Value<Bare> | null
    : Type extends `[${infer Item}]`
      ? readonly Value<Item>[]
      : Type extends keyof Primitives
        ? Primitives[Type]
        : never;

/** A message to be written: fields may be left out. */
export type Loose<T> = T extends Primitives[keyof Primitives] | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Loose<Item>[]
    : { readonly [K in keyof T]?: Loose<T[K]> };
