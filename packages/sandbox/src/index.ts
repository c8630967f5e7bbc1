export { isAlive, type ProcessInfo, processTree } from './processes.ts';
export { type Sandbox, startSandbox } from './sandbox.ts';
