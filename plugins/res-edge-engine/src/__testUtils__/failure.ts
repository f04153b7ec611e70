/** What a task throws. */
export function failure(task: () => void): unknown {
  try {
    task();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail');
}
