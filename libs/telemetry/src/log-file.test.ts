import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { both, createLogFile } from './log-file';

const lineOf = (number: number) => `{"line":${number}}\n`;

describe('a log file', () => {
  let folder: string;
  let path: string;
  let problems: string[];
  const report = (problem: string) => void problems.push(problem);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-file-'));
    path = join(folder, 'service.log');
    problems = [];
  });
  afterEach(() => {
    mock.timers.reset();
    rmSync(folder, { recursive: true });
  });

  it('holds the lines in order, after those that were there', () => {
    createLogFile(path, 1_000, report).write(lineOf(1));
    const again = createLogFile(path, 1_000, report);
    again.write(lineOf(2));
    again.write(lineOf(3));
    assert.equal(readFileSync(path, 'utf8'), lineOf(1) + lineOf(2) + lineOf(3));
  });

  it('starts anew when it is full, keeps the one before and no third', () => {
    const file = createLogFile(path, 2 * lineOf(1).length, report);
    for (let number = 1; number <= 5; number += 1) file.write(lineOf(number));
    assert.equal(readFileSync(path, 'utf8'), lineOf(5));
    assert.equal(readFileSync(`${path}.1`, 'utf8'), lineOf(3) + lineOf(4));
    assert.equal(existsSync(`${path}.2`), false);
  });

  it('counts what was there before: a restart does not make it grow without bound', () => {
    createLogFile(path, 1_000, report).write(lineOf(1));
    createLogFile(path, 2 * lineOf(1).length, report).write(lineOf(2));
    assert.equal(readFileSync(`${path}.1`, 'utf8'), lineOf(1) + lineOf(2));
  });

  it('that cannot be written to is reported once, and tried again later', () => {
    mock.timers.enable({ apis: ['Date'] });
    const missing = join(folder, 'missing');
    const file = createLogFile(join(missing, 'service.log'), 1_000, report);
    file.write(lineOf(1));
    file.write(lineOf(2));
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /Cannot write to LOG_FILE .*ENOENT/);
    mkdirSync(missing);
    mock.timers.tick(5_000);
    file.write(lineOf(3));
    assert.equal(readFileSync(join(missing, 'service.log'), 'utf8'), lineOf(3));
    assert.equal(problems.length, 1);
  });

  it('gets what standard output gets', () => {
    const lines: string[] = [];
    const stream = both(
      { write: (line) => void lines.push(line) },
      createLogFile(path, 99, report),
    );
    stream.write(lineOf(1));
    assert.deepEqual(lines, [lineOf(1)]);
    assert.equal(readFileSync(path, 'utf8'), lineOf(1));
  });

  it('is written by a process with LOG_FILE, which goes on when it cannot be', () => {
    const run = (file: string) =>
      execFileSync(
        process.execPath,
        ['--import', 'tsx', '-e', `require('./libs/telemetry/src/logger').logger.info('Ready')`],
        { env: { ...process.env, LOG_FILE: file }, encoding: 'utf8', stdio: 'pipe' },
      );
    const shown = run(path);
    assert.match(shown, /"message":"Ready"/);
    assert.equal(readFileSync(path, 'utf8'), shown);
    assert.match(run(join(folder, 'missing/service.log')), /"message":"Ready"/);
  });
});
