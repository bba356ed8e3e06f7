import { fromJSON, type PackageDefinition } from '@grpc/proto-loader';
import definitions from './generated/definitions.json';

// The JSON's inferred type is narrower than protobufjs's own.
type DefinitionsJson = Parameters<typeof fromJSON>[0];

/**
 * Every message and service of protos/, as proto-loader gives them: int64 as decimal strings, enums as
 * their names, defaults filled in. The options are the ones the generated types were made with.
 */
export const packageDefinition: PackageDefinition = fromJSON(definitions as DefinitionsJson, {
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
});
