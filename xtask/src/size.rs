//! What the first view costs, against the budget. Knows `dist/`; does not know how it was built.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::browser::{brotli, gzip};
use crate::console::table;
use crate::workspace;

/// One file that the first view loads.
struct Cost {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

struct Budget {
    brotli_bytes: usize,
    requests: usize,
}

/// Prints every file that the first view loads and fails above the budget.
///
/// # Errors
/// When there is no `dist/`, or when the budget is exceeded.
pub(crate) fn check() -> Result<()> {
    let costs = first_view(&workspace::dist())?;
    let budget = fs::read_to_string(workspace::root().join("xtask/budget.toml"))?;
    let budget = Budget::read(&budget)?;
    print(&costs, &budget);
    budget.check(&costs)
}

fn print(costs: &[Cost], budget: &Budget) {
    let row = |name: &str, numbers: [usize; 3]| {
        let mut cells = vec![name.to_owned()];
        cells.extend(numbers.map(|number| format!("{number:>9}")));
        cells
    };
    let heading = ["file", "      raw", "     gzip", "   brotli"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    let numbers = |cost: &Cost| [cost.raw, cost.gzip, cost.brotli];
    rows.extend(costs.iter().map(|cost| row(&cost.name, numbers(cost))));
    let sum = |pick: fn(&Cost) -> usize| costs.iter().map(pick).sum();
    let sums = [
        sum(|cost| cost.raw),
        sum(|cost| cost.gzip),
        sum(|cost| cost.brotli),
    ];
    rows.push(row(&format!("{} requests", costs.len()), sums));
    table(&rows);
    println!(
        "  budget: {} bytes of brotli in {} requests",
        budget.brotli_bytes, budget.requests
    );
}

/// The page and every file of `dist/` that it names.
fn first_view(dist: &Path) -> Result<Vec<Cost>> {
    let page = fs::read_to_string(dist.join("index.html"))
        .context("there is no dist/ yet: please run `cargo xtask build` first")?;
    let mut names = vec!["index.html"];
    for name in page.split('"').filter_map(|text| text.strip_prefix('/')) {
        if !names.contains(&name) && dist.join(name).is_file() {
            names.push(name);
        }
    }
    names.into_iter().map(|name| cost(dist, name)).collect()
}

fn cost(dist: &Path, name: &str) -> Result<Cost> {
    let bytes = fs::read(dist.join(name))?;
    // Compressed here, not read from its twin: a file without one is served as it is.
    let smaller = |small: Vec<u8>| small.len().min(bytes.len());
    Ok(Cost {
        name: name.to_owned(),
        raw: bytes.len(),
        gzip: smaller(gzip(&bytes)?),
        brotli: smaller(brotli(&bytes)?),
    })
}

impl Budget {
    fn read(text: &str) -> Result<Self> {
        let table: toml::Table = text.parse().context("xtask/budget.toml")?;
        let number = |name: &str| {
            let number = table.get(name).and_then(toml::Value::as_integer);
            let number = number.and_then(|number| usize::try_from(number).ok());
            number.with_context(|| format!("xtask/budget.toml has no number `{name}`"))
        };
        Ok(Self {
            brotli_bytes: number("brotli_bytes")?,
            requests: number("requests")?,
        })
    }

    fn check(&self, costs: &[Cost]) -> Result<()> {
        let bytes: usize = costs.iter().map(|cost| cost.brotli).sum();
        ensure!(
            bytes <= self.brotli_bytes,
            "the first view costs {} bytes more than xtask/budget.toml allows",
            bytes - self.brotli_bytes
        );
        ensure!(
            costs.len() <= self.requests,
            "the first view takes {} requests, and xtask/budget.toml allows {}",
            costs.len(),
            self.requests
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(brotli: usize) -> Cost {
        Cost {
            name: String::new(),
            raw: brotli,
            gzip: brotli,
            brotli,
        }
    }

    #[test]
    fn the_budget_holds_at_its_edge_and_not_beyond() {
        let budget = Budget::read("brotli_bytes = 1_000\nrequests = 2").unwrap();
        assert!(budget.check(&[file(400), file(600)]).is_ok());
        let bytes = budget.check(&[file(400), file(601)]).unwrap_err();
        assert!(bytes.to_string().contains("1 bytes more"));
        let requests = budget.check(&[file(1), file(1), file(1)]).unwrap_err();
        assert!(requests.to_string().contains("3 requests"));
    }

    #[test]
    fn a_budget_without_its_numbers_is_refused() {
        assert!(Budget::read("brotli_bytes = 1").is_err());
        assert!(Budget::read("brotli_bytes = \"much\"\nrequests = 2").is_err());
    }
}
