export interface Config {
  resEdge?: {
    /** Who has which role in Res-Edge; who has none may do nothing there. Several roles add up. */
    roles?: Array<{
      /** Reference of a catalog group or user, such as `group:default/platform-team`. */
      group: string;

      /**
       * `platform-operator` may do everything. `application-team` sees the namespaces and applications that it owns, with
       * the clusters that they reach, and changes its applications and namespaces. `store-operations` sees everything and
       * changes clusters. `auditor` reads everything, and changes nothing.
       */
      role:
        | 'platform-operator'
        | 'application-team'
        | 'store-operations'
        | 'auditor';

      /** Names of EdgeGroups: the role holds for clusters and groups of their subtrees alone. Everywhere where left out. */
      groups?: string[];

      /** The role holds for clusters, namespaces and applications of these environments alone. All where left out. */
      environments?: string[];
    }>;
  };
}
