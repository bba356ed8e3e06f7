/** The kinds of resource that have settings. */
export const ResourceType = { TOPIC: 2, BROKER: 4 } as const;
