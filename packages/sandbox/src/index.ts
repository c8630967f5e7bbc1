export { isAlive, type ProcessInfo, processTree } from './processes.ts';
export { freePorts, type Sandbox, startSandbox } from './sandbox.ts';
