import type { Labels } from './workload';

interface Requirement {
  key: string;
  operator: string;
  values?: readonly string[];
}

/** A Kubernetes label selector. */
export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: readonly Requirement[];
}

function meets(labels: Labels, { key, operator, values = [] }: Requirement): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      throw new Error(`A selector has the operator ${operator}, which Kubernetes does not know.`);
  }
}

/** Whether the selector chooses what has these labels. An empty selector chooses everything. */
export function selects(selector: Selector, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((requirement) => meets(labels, requirement))
  );
}
