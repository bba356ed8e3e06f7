// Loaded into a program that takes over from one that still drains (restart-on-change.mjs): it loads and compiles
// meanwhile, which is most of a start, and listens when it is told that the other one is gone. A service does nothing
// before it listens on its admin port, so that holds up all the rest. The services know nothing of this.
// The same as tools/dev/src/programs/hold.ts, which the dev image does not have: change both.
const { Server } = require('node:net');

const told = new Promise((resolve) => process.once('message', resolve));

const { listen } = Server.prototype;
Server.prototype.listen = function held(...args) {
  // Waiting keeps a process alive that has nothing else to do yet.
  process.channel?.ref();
  void told.then(() => {
    process.channel?.unref();
    Reflect.apply(listen, this, args);
  });
  return this;
};
