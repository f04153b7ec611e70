import { ProxiedSignInPage, SignInPage } from '@backstage/core-components';
import {
  configApiRef,
  githubAuthApiRef,
  SignInPageProps,
  useApi,
} from '@backstage/core-plugin-api';

/**
 * Signs in by the provider that `app.signInProvider` names: as a guest without a question (the demo), or with GitHub.
 */
export function PortalSignInPage(props: SignInPageProps) {
  const provider =
    useApi(configApiRef).getOptionalString('app.signInProvider') ?? 'guest';
  if (provider === 'guest') {
    return <ProxiedSignInPage {...props} provider="guest" />;
  }
  return (
    <SignInPage
      {...props}
      provider={{
        id: 'github-auth-provider',
        title: 'GitHub',
        message: 'Sign in with GitHub',
        apiRef: githubAuthApiRef,
      }}
    />
  );
}
