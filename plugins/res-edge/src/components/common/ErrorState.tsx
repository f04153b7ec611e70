import { Alert, Button } from '@backstage/ui';

function titleOf(error: Error): string {
  switch (error.name) {
    case 'NotFoundError':
      return 'Not found';
    case 'ConflictError':
      return 'Not possible now';
    case 'NotAllowedError':
      return 'You may not see this';
    default:
      return 'The backend did not answer as expected';
  }
}

/** An error of the backend, with its message and a way to try again. */
export function ErrorState(props: { error: Error; onRetry?: () => void }) {
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={titleOf(props.error)}
      description={props.error.message}
      customActions={
        props.onRetry && (
          <Button size="small" variant="secondary" onPress={props.onRetry}>
            Try again
          </Button>
        )
      }
    />
  );
}
