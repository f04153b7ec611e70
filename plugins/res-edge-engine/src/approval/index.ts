export * from './judgeApproval';
export * from './requiredApprovals';
