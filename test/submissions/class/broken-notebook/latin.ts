// café
export function oneHot() {}
