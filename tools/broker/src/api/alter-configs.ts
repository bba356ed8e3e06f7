import { refuse } from '../protocol/errors';
import { readConfigValues } from '../topics/topic-config';
import { defineApi, outcomeOf, ResourceType } from './api';

/** Replaces all settings of a topic; what is not named falls back to its default. */
export const alterConfigs = defineApi(33, 'AlterConfigs', [0, 1], {
  request: `resources:[ type:int8 name:string configs:[ name:string value:?string ] ]
    validateOnly:bool`,
  response: 'throttleMs:int32 resources:[ error:int16 message:?string type:int8 name:string ]',
  handle: ({ resources, validateOnly }, { broker }) => ({
    resources: resources.map(({ type, name, configs }) => ({
      type,
      name,
      ...outcomeOf(() => {
        if (type !== ResourceType.TOPIC) refuse('INVALID_REQUEST', 'only topics can be configured');
        broker.topics.require(name);
        const values = readConfigValues(configs);
        if (!validateOnly) broker.topics.configure(name, values);
      }),
    })),
  }),
});
