import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// pages are loaded when they are opened, which takes its time on a busy machine
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);
