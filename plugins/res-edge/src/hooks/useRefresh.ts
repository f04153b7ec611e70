import { useEffect, useRef } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';

const REFRESH_INTERVAL = 10_000;

/** The channel on which the backend says that something changed. */
export const SIGNAL_CHANNEL = 'res-edge';

/**
 * Calls back every 10 seconds while the page is visible, when it becomes visible again, and at once when the backend
 * signals a change, where the app has signals. So what is on the screen follows the backend without a reload.
 */
export function useRefresh(refresh: () => void): void {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    const refreshIfVisible = () => {
      if (document.visibilityState === 'visible') {
        latest.current();
      }
    };
    const timer = setInterval(refreshIfVisible, REFRESH_INTERVAL);
    document.addEventListener('visibilitychange', refreshIfVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refreshIfVisible);
    };
  }, []);
  const { lastSignal } = useSignal(SIGNAL_CHANNEL);
  useEffect(() => {
    if (lastSignal) {
      latest.current();
    }
  }, [lastSignal]);
}
