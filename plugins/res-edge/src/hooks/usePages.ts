import { useEffect, useState } from 'react';
import { PagePagination } from '@backstage/ui';
import { ResEdgeApi } from '@res-edge/backstage-plugin-res-edge-common';
import { Resource, useResource } from './useResource';

interface PageRequest {
  limit: number;
  cursor?: string;
}

interface Page {
  items: object[];
  total?: number;
  nextCursor?: string;
}

/** A list that the backend pages. */
export interface Pages<P extends Page> extends Resource<P> {
  items?: P['items'];
  /** For the Table of Backstage UI. */
  pagination: PagePagination;
}

/** Reads a list page by page; `key` names the list, another one starts at its first page. */
export function usePages<P extends Page>(
  key: string | undefined,
  load: (api: ResEdgeApi, page: PageRequest) => Promise<P>,
  initialPageSize = 20,
): Pages<P> {
  const [pageSize, setPageSize] = useState(initialPageSize);
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const cursor = cursors[cursors.length - 1];
  useEffect(() => setCursors([undefined]), [key, pageSize]);

  const resource = useResource<P>(
    key === undefined ? undefined : JSON.stringify([key, pageSize, cursor]),
    api => load(api, { limit: pageSize, cursor }),
  );
  const next = resource.value?.nextCursor;
  return {
    ...resource,
    items: resource.value?.items,
    pagination: {
      type: 'page',
      pageSize,
      pageSizeOptions: [10, 20, 50, 100],
      offset: (cursors.length - 1) * pageSize,
      totalCount: resource.value?.total,
      hasNextPage: next !== undefined,
      hasPreviousPage: cursors.length > 1,
      onNextPage: () => next !== undefined && setCursors([...cursors, next]),
      onPreviousPage: () => setCursors(cursors.slice(0, -1)),
      onPageSizeChange: setPageSize,
      getLabel: ({ offset = 0, totalCount }) => {
        const last = offset + (resource.value?.items.length ?? 0);
        const range = last > offset ? `${offset + 1} - ${last}` : '0';
        return totalCount === undefined ? range : `${range} of ${totalCount}`;
      },
    },
  };
}
