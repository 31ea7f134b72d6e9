# Writes src/data/dnaSequences.ts from the StatLog form of UCI's splice junctions, as the R
# package mlbench (Debian: r-cran-mlbench) holds it: 180 binary columns, three a base.
# Run from the project's folder: Rscript src/data/prepare/dna.R

library(mlbench)
data(DNA)

letters_of <- c("100" = "A", "010" = "C", "001" = "G", "000" = "T")
bits <- as.matrix(DNA[, 1:180])
base <- function(t) letters_of[apply(bits[, (3 * t - 2):(3 * t)], 1, paste, collapse = "")]
sequences <- do.call(paste0, lapply(1:60, base))
stopifnot(nrow(DNA) == 3186, !grepl("NA", sequences), nchar(sequences) == 60)

writeLines(c(
  "// Made by src/data/prepare/dna.R: do not edit. Source and licence: src/data/README.md.",
  "/** One sequence a line: its class, then its 60 bases. */",
  "export const dnaSequences: string = `",
  paste(toupper(DNA$Class), sequences),
  "`;"
), "src/data/dnaSequences.ts")
