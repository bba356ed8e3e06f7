// Loaded into each service by `npm run bench -- profile` (`--require`): on SIGUSR2 it takes a CPU profile of
// PROFILE_SECONDS and writes it to PROFILE_FOLDER/<app>.cpuprofile.
const { renameSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { join } = require('node:path');

const [, app] = /dist\/apps\/([\w-]+)\/main\.js$/.exec(process.argv[1] ?? '') ?? [];

function write(profile) {
  const file = join(process.env.PROFILE_FOLDER, `${app}.cpuprofile`);
  writeFileSync(`${file}.part`, JSON.stringify(profile));
  renameSync(`${file}.part`, file);
}

function takeProfile() {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start');
  setTimeout(
    () =>
      session.post('Profiler.stop', (error, result) => {
        session.disconnect();
        if (error === null) write(result.profile);
      }),
    Number(process.env.PROFILE_SECONDS) * 1000,
  ).unref();
}

if (app !== undefined) process.on('SIGUSR2', takeProfile);
