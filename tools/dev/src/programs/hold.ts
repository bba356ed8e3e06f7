// Loaded into a service that takes over from one that is still draining (node --require, before end-with-parent): it
// loads and compiles meanwhile, which is most of a start, and listens when the runner says that the other one is gone.
// Nothing happens in a service before it listens on its admin port, so that holds up all the rest.
// The services know nothing of this. The same as tools/images/hold-listening.cjs, since the dev image has no tools/dev:
// change both.
import { Server } from 'node:net';

const told = new Promise<void>((resolve) => {
  process.once('message', () => resolve());
});

const { listen } = Server.prototype;
Server.prototype.listen = function held(this: Server, ...args: unknown[]): Server {
  // Waiting keeps a process alive that has nothing else to do yet.
  process.channel?.ref();
  void told.then(() => {
    process.channel?.unref();
    Reflect.apply(listen, this, args);
  });
  return this;
};
