/** A structural schema as a CustomResourceDefinition has one: the keywords that `schemas/` keeps of it. */
export interface StructuralSchema {
  type?: string;
  properties?: Readonly<Record<string, StructuralSchema>>;
  additionalProperties?: StructuralSchema;
  items?: StructuralSchema;
  required?: readonly string[];
  enum?: readonly unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  /** Nothing here uses the field, so what is below it was left out of `schemas/`. */
  'x-left-out'?: boolean;
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function isOfType(value: unknown, schema: StructuralSchema): boolean {
  const type = typeOf(value);
  if (schema['x-kubernetes-int-or-string']) return type === 'integer' || type === 'string';
  if (schema.type === 'number') return type === 'integer' || type === 'number';
  return schema.type === undefined || schema.type === type;
}

function scalarProblems(value: unknown, schema: StructuralSchema): string[] {
  const { minimum = -Infinity, maximum = Infinity, pattern } = schema;
  const wrong =
    (schema.enum && !schema.enum.includes(value) && `is none of ${schema.enum.join(', ')}`) ||
    (typeof value === 'string' &&
      pattern !== undefined &&
      !new RegExp(pattern).test(value) &&
      `does not match ${pattern}`) ||
    (typeof value === 'number' &&
      (value < minimum || value > maximum) &&
      `is not between ${minimum} and ${maximum}`);
  return wrong ? [wrong] : [];
}

function treeProblems(
  tree: Record<string, unknown>,
  schema: StructuralSchema,
  path: string,
): string[] {
  const { properties = {}, additionalProperties, required = [] } = schema;
  const open = schema['x-kubernetes-preserve-unknown-fields'];
  return [
    ...required.filter((name) => !(name in tree)).map((name) => `${path}.${name} is missing`),
    ...Object.entries(tree).flatMap(([name, value]) => {
      const below = properties[name] ?? additionalProperties;
      if (below) return structuralProblems(value, below, `${path}.${name}`);
      return open ? [] : [`${path}.${name} does not exist`];
    }),
  ];
}

/** What is wrong with a value by a structural schema. A field that the schema does not know is wrong too. */
export function structuralProblems(
  value: unknown,
  schema: StructuralSchema,
  path: string,
): string[] {
  if (!isOfType(value, schema)) return [`${path} is ${typeOf(value)}, not ${schema.type ?? 'it'}`];
  if (schema['x-left-out']) return [`${path} was left out of schemas/: make its file anew`];
  if (Array.isArray(value)) {
    const { items = {} } = schema;
    return value.flatMap((each, index) => structuralProblems(each, items, `${path}[${index}]`));
  }
  if (isTree(value)) return treeProblems(value, schema, path);
  return scalarProblems(value, schema).map((problem) => `${path} ${problem}`);
}
