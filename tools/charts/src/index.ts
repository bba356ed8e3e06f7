export { findHelm, helmMissing, runHelm, type HelmResult } from './helm';
export { nameOf, parseManifests, type Manifest } from './manifest';
export { render, type Environment, type Rendering } from './render';
