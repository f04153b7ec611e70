/** The mocks of Backstage's services are made by jest; a process that is not run by it needs this first. */
function fn(work: (...args: unknown[]) => unknown = () => undefined) {
  return Object.assign((...args: unknown[]) => work(...args), {
    mockImplementation: fn,
  });
}

Object.assign(globalThis, { jest: { fn } });

export {};
