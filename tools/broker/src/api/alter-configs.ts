import { ErrorCode, ProtocolError } from '../protocol/errors';
import { readConfigValues } from '../topics/topic-config';
import { type Api, NOT_THROTTLED } from './api';
import { ResourceType } from './config-resource';
import { outcomeOf } from './outcome';

/** API 33: replaces all settings of a topic; what is not named falls back to its default. */
export const alterConfigs: Api = {
  key: 33,
  name: 'AlterConfigs',
  minVersion: 0,
  maxVersion: 1,
  handle({ body }, response, broker) {
    const resources = body.array(() => ({
      type: body.int8(),
      name: body.string(),
      configs: body.array(() => ({ name: body.string(), value: body.nullableString() })),
    }));
    const validateOnly = body.boolean();
    return response.int32(NOT_THROTTLED).array(resources, ({ type, name, configs }) => {
      const { error, message } = outcomeOf(() => {
        if (type !== ResourceType.TOPIC) {
          throw new ProtocolError(ErrorCode.INVALID_REQUEST, 'only topics can be configured');
        }
        broker.topics.require(name);
        const values = readConfigValues(configs);
        if (!validateOnly) broker.topics.configure(name, values);
      });
      response.int16(error).nullableString(message).int8(type).string(name);
    });
  },
};
