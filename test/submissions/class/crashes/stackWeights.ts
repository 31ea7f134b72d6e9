// Does not even parse.
export function stackWeights(Waa, Wax) {
  return [Waa | Wax;
}
