import { PropsWithChildren } from 'react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { resEdgeApiRef } from '../api';
import { useResource } from './useResource';

let signal: () => void = () => {};

const signalApi: SignalApi = {
  subscribe(channel, onMessage) {
    if (channel === 'res-edge') {
      signal = () => onMessage({} as never);
    }
    return { unsubscribe() {} };
  },
};

const apis = [
  [resEdgeApiRef, {}],
  [signalApiRef, signalApi],
] as const;

function wrapper(props: PropsWithChildren<{}>) {
  return <TestApiProvider apis={apis}>{props.children}</TestApiProvider>;
}

describe('useResource', () => {
  afterEach(() => jest.restoreAllMocks());

  it('reads again every 10 seconds while the page is visible', async () => {
    let tick = () => {};
    jest.spyOn(global, 'setInterval').mockImplementation((callback, period) => {
      expect(period).toBe(10_000);
      tick = callback;
      return {} as ReturnType<typeof setInterval>;
    });
    const load = jest.fn(async () => ({ same: true }));
    const { result } = renderHook(() => useResource('key', load), { wrapper });
    expect(result.current.loading).toBe(true);
    await act(async () => {});
    const first = result.current.value;
    expect(first).toEqual({ same: true });

    await act(async () => tick());
    expect(load).toHaveBeenCalledTimes(2);
    expect(result.current.value).toBe(first);

    jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await act(async () => tick());
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('reads again at once on a signal', async () => {
    let readings = 0;
    const load = async () => {
      readings += 1;
      return readings;
    };
    const { result } = renderHook(() => useResource('key', load), { wrapper });
    await waitFor(() => expect(result.current.value).toBe(1));

    act(() => signal());

    await waitFor(() => expect(result.current.value).toBe(2));
  });

  it('keeps an older value beside the error of a later reading', async () => {
    const load = jest
      .fn(async () => 'value')
      .mockResolvedValueOnce('value')
      .mockRejectedValueOnce(new Error('gone'));
    const { result } = renderHook(() => useResource('key', load), { wrapper });
    await waitFor(() => expect(result.current.value).toBe('value'));

    await act(async () => result.current.reload());
    await waitFor(() => expect(result.current.error?.message).toBe('gone'));
    expect(result.current.value).toBe('value');

    await act(async () => result.current.reload());
    await waitFor(() => expect(result.current.error).toBeUndefined());
  });

  it('forgets what was read under another key, however late it comes', async () => {
    const answers = new Map<string, (value: string) => void>();
    const { result, rerender } = renderHook(
      ({ key }) =>
        useResource(
          key,
          () =>
            new Promise<string>(resolve => {
              answers.set(key, resolve);
            }),
        ),
      { wrapper, initialProps: { key: 'a' } },
    );
    await waitFor(() => expect(answers.has('a')).toBe(true));
    rerender({ key: 'b' });
    await waitFor(() => expect(answers.has('b')).toBe(true));

    await act(async () => answers.get('b')?.('b'));
    await act(async () => answers.get('a')?.('a'));

    expect(result.current.value).toBe('b');
  });

  it('reads nothing without a key', () => {
    const load = jest.fn();
    const { result } = renderHook(() => useResource(undefined, load), {
      wrapper,
    });
    expect(result.current).toMatchObject({ loading: false, value: undefined });
    expect(load).not.toHaveBeenCalled();
  });
});
