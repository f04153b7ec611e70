// The one place that knows which router the app uses.
import { useCallback } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';

/** What follows the path of the current page, such as the id in `change-requests/17`; undefined on the page itself. */
export function useSubPath(): string | undefined {
  const rest = useParams()['*']?.replace(/^\/+|\/+$/g, '');
  return rest || undefined;
}

/** A parameter of the address's query, so that a view can be linked to and survives a reload. */
export function useQueryParameter(
  name: string,
): [string | undefined, (value: string | undefined) => void] {
  const [parameters, setParameters] = useSearchParams();
  const setValue = useCallback(
    (value: string | undefined) =>
      setParameters(
        before => {
          const after = new URLSearchParams(before);
          if (value) {
            after.set(name, value);
          } else {
            after.delete(name);
          }
          return after;
        },
        { replace: true },
      ),
    [name, setParameters],
  );
  return [parameters.get(name) ?? undefined, setValue];
}
