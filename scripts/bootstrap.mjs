// The one entry of `npm start`, `npm test`, `npm run build` and their like. Plain JavaScript without a dependency, so that it runs on a
// fresh clone: it installs the packages where they are missing and then runs the task, which is TypeScript.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Task names and the files they run; none where the packages are all that is wanted. */
const TASKS = {
  install: undefined,
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  bench: 'bench/run.ts',
  screenshots: 'scripts/screenshots.ts',
  demo: 'demo/main.ts',
};

/** A failure that its message explains; a stack would only be in the way. */
class Complaint extends Error {}

/** @param {string} file relative to the repository */
function readJson(file) {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
}

function checkNode() {
  const wanted = readJson('package.json').engines.node;
  const [major = 0, minor = 0] = wanted.match(/\d+/g).map(Number);
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new Complaint(
    `Framescope needs Node.js ${major}.${minor} or newer; this is ${process.versions.node}. Get one from https://nodejs.org/`,
  );
}

/** Why the packages must be installed, or undefined when what is there is what the lock file asks for. */
function reasonToInstall() {
  if (!existsSync(path.join(ROOT, 'node_modules/.package-lock.json')))
    return 'The packages are not installed yet';
  if (!existsSync(path.join(ROOT, 'package-lock.json'))) return undefined;
  const wanted = readJson('package-lock.json').packages;
  const installed = readJson('node_modules/.package-lock.json').packages;
  // Contents and not dates: a checkout touches the lock file without a change to it.
  const isCurrent = Object.entries(wanted).every(([place, entry]) => {
    const there = installed[place];
    // The repository itself is not in the list of what is installed, nor are packages for other systems.
    if (!there) return place === '' || entry.optional === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
  return isCurrent ? undefined : 'The installed packages are not those of package-lock.json';
}

/**
 * @param {string[]} args
 * @returns {Promise<boolean>} whether npm did it
 */
function npm(args) {
  // npm tells its own path to what it runs; without it (node scripts/bootstrap.mjs …) it is looked up.
  const cli = process.env.npm_execpath;
  const isNpm = cli !== undefined && /npm-cli\.[cm]?js$/.test(cli);
  const child = isNpm
    ? spawn(process.execPath, [cli, ...args], { cwd: ROOT, stdio: 'inherit' })
    : spawn('npm', args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(
        error.code === 'ENOENT'
          ? new Complaint(
              'Framescope needs npm to fetch its packages, and there is none in PATH. It comes with Node.js.',
            )
          : error,
      ),
    );
    child.once('close', (code) => resolve(code === 0));
  });
}

async function install() {
  const reason = reasonToInstall();
  if (!reason) return;
  // Everything here is a development dependency, which NODE_ENV=production would leave out.
  const options = ['--include=dev', '--no-audit', '--no-fund'];
  if (existsSync(path.join(ROOT, 'package-lock.json'))) {
    console.log(`${reason}: npm ci …`);
    // Silently, because if it fails, npm install either repairs it or says why.
    if (await npm(['ci', '--loglevel=silent', ...options])) return;
    // npm ci refuses a lock file without the packages for other systems, which some registries do not offer.
    console.log('npm ci does not take the lock file as it is: npm install …');
  } else {
    console.log(`${reason}, and there is no lock file: npm install …`);
  }
  // `npm test --silent` would silence this one too.
  if (!(await npm(['install', '--no-save', '--loglevel=notice', ...options])))
    throw new Complaint('npm install failed. The reason stands above.');
}

/**
 * Runs a task in this very process, so that its exit code, signals and terminal need no passing on.
 * @param {string} file relative to the repository
 * @param {string[]} args
 */
async function run(file, args) {
  process.chdir(ROOT);
  process.argv = [process.execPath, path.join(ROOT, file), ...args];
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(path.join(ROOT, file)).href);
}

const [task = '', ...args] = process.argv.slice(2);
try {
  checkNode();
  if (!Object.hasOwn(TASKS, task))
    throw new Complaint(`Usage: node scripts/bootstrap.mjs <${Object.keys(TASKS).join(' | ')}> [options]`);
  await install();
  const file = TASKS[task];
  if (file) await run(file, args);
} catch (error) {
  console.error(error instanceof Complaint ? error.message : error);
  // The last line of a test run says how many failed, also where it did not come to the tests.
  if (task === 'test') console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}
