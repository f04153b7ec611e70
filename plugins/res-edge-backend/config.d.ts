import { HumanDuration } from '@backstage/types';

export interface Config {
  /** The data service and the automation of Res-Edge. All of it has defaults. */
  resEdge?: {
    /**
     * How often to plan even where nothing is known to have changed: every 5 minutes where left out. Changes of the
     * inventory and merges are planned at once.
     */
    schedule?: {
      /** The time between two plans. */
      frequency?: HumanDuration | string;
    };

    /** How registered YAML becomes the inventory. */
    inventory?: {
      /**
       * How often the whole catalog is read, which finds deletions: every minute where left out. New and changed
       * entities arrive by events, within seconds.
       */
      sweep?: HumanDuration | string;

      /** How long events are gathered before the catalog is read: 2 seconds where left out. */
      delay?: HumanDuration | string;

      /**
       * Says that a catalog without any EdgeCluster is meant, even where the inventory has clusters. Where left out,
       * an inventory that reads empty is an error, and changes nothing.
       */
      allowEmpty?: boolean;
    };

    /** Plans as they are kept to be read. */
    plans?: {
      /** How many plans to keep, beside those of open change requests: 200 where left out. */
      retention?: number;
    };

    /** The GitOps repository. */
    git?: {
      /** `local`: a bare repository in a folder, created on first start. The only type. */
      type?: 'local';

      /** The folder, relative to where the backend is started: `.local/gitops.git` where left out. */
      folder?: string;
    };

    /** How changes reach main. */
    changes?: {
      /**
       * What is merged without a change request, because the place of registration is reviewed already. Nothing where
       * left out.
       */
      direct?: Array<{
        /** Kinds, such as `EdgeGroup`. */
        kinds: Array<
          | 'EdgeCluster'
          | 'EdgeGroup'
          | 'EdgeNamespace'
          | 'EdgeApplication'
          | 'EdgePolicy'
        >;

        /** Locations of the YAML, such as `url:https://example.org/fleet/*`; `*` stands for any characters. */
        locations: string[];
      }>;
    };

    /** The tool that builds manifests. */
    kustomize?: {
      /** The binary; where left out, `kustomize` of the PATH, or the one that comes with the packages. */
      path?: string;
    };
  };
}
