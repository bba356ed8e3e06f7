export { describeSettings, type SettingDescription } from './describe';
export { ConfigError, readSettings } from './read';
export { setting } from './setting';
