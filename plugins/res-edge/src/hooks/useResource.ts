import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ResEdgeApi } from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../api';
import { useRefresh } from './useRefresh';

/** Something that the backend holds, as it was when last read. */
export interface Resource<T> {
  value?: T;
  /** Why the last reading failed; `value` then is older. */
  error?: Error;
  loading: boolean;
  reload: () => void;
}

type Reading<T> = { key: string; value?: T; error?: Error };

/**
 * Reads from the backend and keeps reading. `key` names what is read: another key forgets the value, the same key
 * keeps it on the screen until the new one is there. An equal value keeps its identity, so nothing renders anew.
 */
export function useResource<T>(
  key: string | undefined,
  load: (api: ResEdgeApi) => Promise<T>,
): Resource<T> {
  const api = useApi(resEdgeApiRef);
  const [reading, setReading] = useState<Reading<T>>();
  const latestLoad = useRef(load);
  latestLoad.current = load;
  const turn = useRef(0);

  const reload = useCallback(async () => {
    turn.current += 1;
    if (key === undefined) {
      return;
    }
    const mine = turn.current;
    let answer: Reading<T>;
    try {
      answer = { key, value: await latestLoad.current(api) };
    } catch (error) {
      answer = { key, error: toError(error) };
    }
    if (mine === turn.current) {
      setReading(before => merge(before, answer));
    }
  }, [api, key]);

  useEffect(() => {
    reload();
    return () => {
      turn.current += 1; // an answer that comes after leaving is for nobody
    };
  }, [reload]);
  useRefresh(reload);

  const current = reading?.key === key ? reading : undefined;
  return {
    value: current?.value,
    error: current?.error,
    loading: key !== undefined && current === undefined,
    reload,
  };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function merge<T>(
  before: Reading<T> | undefined,
  answer: Reading<T>,
): Reading<T> {
  if (before?.key !== answer.key) {
    return answer;
  }
  if (answer.error) {
    return { ...before, error: answer.error };
  }
  const same = JSON.stringify(before.value) === JSON.stringify(answer.value);
  if (same && !before.error) {
    return before;
  }
  return same ? { key: answer.key, value: before.value } : answer;
}
