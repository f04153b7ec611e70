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

      /**
       * After how long without a sign of life of the replica that plans another one does: 20 seconds where left out, at
       * least one second. It has to be longer than a replica computes without a pause.
       */
      lease?: HumanDuration | string;
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

    /** What may be registered where: registering YAML in the catalog is not a permission. */
    registration?: {
      /**
       * Each rule lets some kinds in from some places. Whatever no rule lets in is a problem, and has no effect. A kind
       * that no rule names comes from nowhere; but applications come from anywhere where no rule names them, because the
       * owner of a namespace accepts them. Where left out, only applications are let in.
       */
      rules?: Array<{
        /** Kinds, such as `EdgeCluster`. */
        kinds: Array<
          | 'EdgeCluster'
          | 'EdgeGroup'
          | 'EdgeNamespace'
          | 'EdgeApplication'
          | 'EdgePolicy'
        >;

        /** Locations of the YAML, such as `url:https://example.org/fleet/*`; `*` stands for any characters. */
        locations: string[];

        /**
         * Names of namespaces, with `*` for any characters: only these namespaces, their applications, and policies for
         * them. Any where left out.
         */
        namespaces?: string[];

        /**
         * Roots of subtrees: only clusters that are in these groups or below, groups below them, namespaces and policies
         * that select by them. Any where left out.
         */
        groups?: string[];
      }>;
    };

    /** Inventories of clusters from elsewhere; backend modules may add others. */
    providers?: {
      /** The clusters of Azure Arc, read from Azure Resource Graph. */
      azureArc?: {
        /** How often to read: every 10 minutes where left out. */
        frequency?: HumanDuration | string;

        /** Ids of subscriptions; all that the identity may read where left out. */
        subscriptions?: string[];

        /** `arc`: connected clusters, which is all where left out; `aks`: managed clusters. */
        types?: Array<'arc' | 'aks'>;

        /** The resource manager, for other clouds: `https://management.azure.com` where left out. */
        endpoint?: string;

        /** The identity; where left out, that of the machine or of the environment. */
        tenantId?: string;

        /** The application of the identity, or the client id of the managed identity. */
        clientId?: string;

        /** The secret of the application. @visibility secret */
        clientSecret?: string;

        /** Which tags mean more than a label. */
        tags?: {
          /** Tags with names of groups, separated by `;`. */
          groups?: Array<{
            /** The tag, in any case. */
            tag: string;

            /** Put before each name, such as `geo.us.`. */
            prefix?: string;
          }>;

          /** The tag with the environment. */
          environment?: string;

          /** The tag with the owner. */
          owner?: string;

          /** The tag with the time zone. */
          timeZone?: string;
        };
      };
    };

    /** What clusters report. */
    status?: {
      /**
       * The key from which the secret of each cluster is derived, of at least 32 characters. Without it no cluster can report.
       *
       * @visibility secret
       */
      key?: string;

      /**
       * Keys of before, which are accepted until all clusters have a secret of the new one.
       *
       * @deepVisibility secret
       */
      previousKeys?: string[];

      /** A cluster that was silent for so long is stale: 30 minutes where left out. */
      staleAfter?: HumanDuration | string;

      /** A cluster that was silent for so long is offline: 2 hours where left out. */
      offlineAfter?: HumanDuration | string;

      /** How long a cluster that is not registered any more is remembered: 90 days where left out. */
      retention?: HumanDuration | string;

      /** How many reports one cluster may send in a minute: 600 where left out. */
      requestsPerMinute?: number;
    };

    /** What health gates of rollouts may ask. A policy names it; no policy can make the backend call anything else. */
    gates?: {
      /** How often gates are read of rings that are under way: every minute where left out. */
      frequency?: HumanDuration | string;

      /** Servers that answer as the HTTP API of Prometheus does. */
      prometheus?: Array<{
        /** What a gate of type `prometheus` names as its `server`. */
        name: string;

        /** Such as `https://prometheus.example.org`; `/api/v1/query` is added. */
        url: string;

        /**
         * Such as `Authorization`.
         *
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
      }>;

      /** What answers whether a ring may be done. */
      webhooks?: Array<{
        /** What a gate of type `webhook` names as its `webhook`. */
        name: string;

        /** What is posted to. */
        url: string;

        /**
         * What requests are signed with, as Standard Webhooks say; at least 32 characters.
         *
         * @visibility secret
         */
        secret: string;

        /**
         * Such as `Authorization`.
         *
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
      }>;
    };

    /**
     * How large requests may be, and what they may cost. Bodies and batches that are larger are refused with 413, the others
     * with 400 and the place.
     */
    limits?: {
      /** Bytes of the body of a request: 1,000,000 where left out. */
      body?: number;

      /** Bytes of the body of a batch: 200,000,000 where left out. */
      batchBody?: number;

      /** Records of a batch: 100,000 where left out. */
      batch?: number;

      /** Items of a page, 100 to 1,000: 1,000 where left out. */
      page?: number;

      /** Clusters of a page that is expanded: 200 where left out. */
      expand?: number;

      /** How many values of a body may stand in one another: 64 where left out. */
      depth?: number;

      /**
       * Steps that evaluating the selector of a request may take over the whole fleet: 4,000,000 where left out, a second or
       * two.
       */
      selectorSteps?: number;
    };

    /** The log of who changed what, which followers of changes read, too. */
    audit?: {
      /** How long entries are kept: 400 days where left out. */
      retention?: HumanDuration | string;
    };

    /** Plans as they are kept to be read. */
    plans?: {
      /** How many plans to keep, beside those of open change requests: 200 where left out. */
      retention?: number;
    };

    /** The GitOps repository. */
    git?: {
      /**
       * `local`, where left out: a bare repository in a folder, created on first start. `git`: a repository on a Git server,
       * which is pushed to; its change requests are branches. `github`: a repository on GitHub, with pull requests.
       */
      type?: 'local' | 'git' | 'github';

      /**
       * The folder of the bare repository, or of the copy of the server's, relative to where the backend is started:
       * `.local/gitops.git` where left out.
       */
      folder?: string;

      /**
       * The repository on the server, such as `https://git.example.org/fleet/gitops`. Its host is one of `integrations`,
       * whose credentials are used. `main` and `delivery/*` are written there.
       */
      url?: string;

      /** Of `github`. */
      pullRequests?: {
        /** Labels that each pull request gets. */
        labels?: string[];

        /**
         * Asks GitHub to merge a pull request as soon as all that protects `main` is content; it does not where left out.
         */
        autoMerge?: boolean;

        /** How GitHub merges what is merged in the portal, or by `autoMerge`; with a merge commit where left out. */
        mergeMethod?: 'merge' | 'squash' | 'rebase';

        /**
         * Whether each gets the commit statuses `res-edge/approvals` and `res-edge/guards`, which the rules of `main` may
         * require; it does where left out.
         */
        statuses?: boolean;
      };
    };

    /** Where sources of applications are read from. */
    sources?: {
      /**
       * Registries and repositories of Helm charts, beside the hosts of `integrations` and of `backend.reading.allow`. No
       * other host is asked, nor followed to.
       */
      hosts?: Array<{
        /** With its port where it has one. */
        host: string;

        /** Who asks there; nobody in particular where left out. */
        username?: string;

        /** The password, or a token. @visibility secret */
        password?: string;

        /** Whether it is asked by HTTP, without TLS: false where left out. */
        insecure?: boolean;
      }>;
    };

    /** What applications may bring into the GitOps repository. */
    layout?: {
      /**
       * By add-on the kinds that it may bring beside what every application may: kinds of the cluster, of Flux and of Argo
       * CD by their names (`ClusterRole`), others in a namespace that is not its own with that (`kube-system/RoleBinding`).
       * Where left out, none. It is applied as an account of its own, which may do just that. `ClusterRole` or
       * `ClusterRoleBinding` is as good as all of the cluster.
       */
      allowedKinds?: {
        [application: string]: string[];
      };
    };

    /** What clusters read, and how much of it is kept. */
    delivery?: {
      /**
       * What the bootstrap of a cluster lets it follow where nothing else is asked for: `oci`, an artifact, where left out and
       * artifacts are pushed; else `git`, its shard's branch.
       */
      transport?: 'git' | 'oci';

      /** What delivers on clusters whose `spec.gitops` does not say it: Flux where left out. */
      gitops?: 'flux' | 'argocd';

      /**
       * The Git repository as clusters reach it, for their bootstrap: `https`, `http` or `ssh`, without credentials.
       * With `{shard}` in it where each shard has a repository. `shardRepositories`, or else `resEdge.git.url`, where left
       * out.
       */
      url?: string;

      /**
       * A repository for each shard, beside the one that holds all, such as `https://git.example.com/fleet/{shard}`: each
       * delivery is pushed there, too, so that a cluster may be given what reads its own shard alone. They exist already;
       * their host is one of `integrations`. None where left out.
       */
      shardRepositories?: string;

      /**
       * Environments with a repository of their own, beside the one that holds all: its `main` has what was decided and
       * concerns their clusters, and it has the delivery branches of their shards. They exist already; their hosts are of
       * `integrations`. A cluster keeps the repository that it was registered with. None where left out.
       */
      environmentRepositories?: Array<{
        /** Begins the names of its shards: at most 40 lower case letters, digits and `-`. */
        name: string;
        /** `spec.environment` of its clusters; its name where left out. */
        environments?: string[];
        /** Where Res-Edge pushes to, such as `https://git.example.com/fleet/prod`. */
        url: string;
        /** The same as clusters reach it: `https`, `http` or `ssh`, without credentials; `url` where left out. */
        pullUrl?: string;
        /**
         * Whether clusters that are delivered from another repository move to this one. They hear of nothing new until their
         * new bootstrap is applied. `false` where left out.
         */
        moveClusters?: boolean;
      }>;

      /**
       * An image with `sh` and `kubectl`, by which clusters with Flux keep to windows that say `onCluster`; they keep to none
       * where left out.
       */
      maintenanceImage?: string;

      /** The name of the Secret on each cluster with what reads the repository; left out where all may read it. */
      secret?: string;

      /**
       * How many commits a branch may have, 1 to 1000: 100 where left out. The next delivery then begins a new history
       * with the same files, and the old one goes to `refs/archive/delivery/`.
       */
      history?: number;

      /**
       * How long revisions stay that no bill names any more, histories that were archived, and artifacts that were replaced: 90 days where left out.
       * That is how far back a cluster can be pinned.
       */
      retention?: HumanDuration | string;

      /**
       * Pushes what delivery branches hold as OCI artifacts, too: of 1,000 clusters of a shard only those fetch something whose
       * own artifact changed. Nothing is pushed where left out.
       */
      oci?: {
        /**
         * Below which repositories are made, `oci://<host>/<path>`: `clusters/<cluster>` or `shards/<shard>`. The tag `latest` of
         * each is what clusters follow.
         */
        url: string;

        /** What is packed together: what one `cluster` reads, where left out, or all clusters of a `shard`. */
        per?: 'cluster' | 'shard';

        /** Who pushes, and deletes what is old; nobody in particular where left out. */
        username?: string;

        /** Or a token. @visibility secret */
        password?: string;

        /** Hosts that give tokens for the registry, if they are others than its own: `auth.example.com`. */
        allowedHosts?: string[];

        /** By HTTP, without TLS. */
        insecure?: boolean;

        /** Like `url`, as clusters reach it, such as by a mirror; `url` where left out. */
        pullUrl?: string;

        /** The name of the Secret on each cluster with what reads the registry; left out where all may read it. */
        secret?: string;

        /** How many artifacts are pushed at the same time, 1 to 64: 8 where left out. */
        concurrency?: number;
      };
    };

    /** When what is taken away from clusters waits for a person's sign-off. */
    guard?: {
      /**
       * More than this share, 0 to 1, of the clusters that have an application, an application of a namespace, or any in
       * a group or in the fleet, by one plan or within 24 hours: 0.05 where left out.
       */
      share?: number;

      /** And at least so many clusters: 10 where left out. */
      atLeast?: number;
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

        /**
         * Locations of the YAML, such as `url:https://example.org/fleet/*`; `*` stands for any characters. `api:*` is what
         * the API creates, `provider:azure-arc` what that provider has.
         */
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
