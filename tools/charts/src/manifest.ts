import { parseAllDocuments } from 'yaml';

/** One rendered Kubernetes object. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** `Deployment/payments`, for messages. */
export const nameOf = ({ kind, metadata }: Manifest) => `${kind}/${metadata.name}`;

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind, metadata } = value as Partial<Manifest>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata === 'object';
}

/**
 * The objects of a multi-document YAML text, read as Kubernetes reads it: YAML 1.1 as go-yaml has it (an unquoted
 * `on` is a boolean, `0440` is octal), without times and base-60 numbers. Throws on a duplicate key.
 */
export function parseManifests(text: string, source: string): Manifest[] {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    customTags: (tags) =>
      tags.filter(
        (tag) =>
          typeof tag === 'string' ||
          (tag.tag !== 'tag:yaml.org,2002:timestamp' &&
            (tag as { format?: string }).format !== 'TIME'),
      ),
  });
  return documents.flatMap((document): Manifest[] => {
    const [problem] = document.errors;
    if (problem) throw new Error(`${source}: ${problem.message}`);
    const value: unknown = document.toJS();
    if (value === null || value === undefined) return [];
    if (!isManifest(value))
      throw new Error(`${source}: not a Kubernetes object: ${document.toString()}`);
    return [value];
  });
}
