export interface Config {
  app?: {
    /**
     * How people sign in: `guest` signs in everybody without a question (demo and development), `github` asks GitHub.
     * The default is `guest`.
     * @visibility frontend
     */
    signInProvider?: 'guest' | 'github';
  };
}
