import { Link, useSidebarOpenState } from '@backstage/core-components';
import styles from './SidebarLogo.module.css';

/** One centre and what stands at its edges: the mark of Res-Edge, and its name where the sidebar is open. */
export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link to="/" underline="none" className={styles.logo} aria-label="Home">
      <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
        <g stroke="#7dd3fc" strokeWidth="2">
          <path d="M16 16 6 7M16 16 26 7M16 16 6 25M16 16 26 25" />
        </g>
        <g fill="#38bdf8">
          <circle cx="6" cy="7" r="3.5" />
          <circle cx="26" cy="7" r="3.5" />
          <circle cx="6" cy="25" r="3.5" />
          <circle cx="26" cy="25" r="3.5" />
        </g>
        <circle cx="16" cy="16" r="5.5" fill="#ffffff" />
      </svg>
      {isOpen && <span className={styles.name}>Res-Edge</span>}
    </Link>
  );
}
