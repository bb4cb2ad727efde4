//! What the first view costs, against the budget. Knows `dist/`; does not know how it was built.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::browser::{brotli, gzip};
use crate::console::table;
use crate::workspace;

/// One file that a first view loads.
struct Cost {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

struct Budget {
    brotli_bytes: usize,
    requests: usize,
    first_views: Vec<String>,
}

/// Prints every file that a first view loads and fails above the budget.
///
/// # Errors
/// When there is no `dist/`, or when the budget is exceeded.
pub(crate) fn check() -> Result<()> {
    let budget = fs::read_to_string(workspace::root().join("xtask/budget.toml"))?;
    let budget = Budget::read(&budget)?;
    let mut result = Ok(());
    for area in &budget.first_views {
        let costs = first_view(&workspace::dist(), area)?;
        print(area, &costs);
        result = result.and(budget.check(area, &costs));
    }
    println!(
        "  budget: {} bytes of brotli in {} requests",
        budget.brotli_bytes, budget.requests
    );
    result
}

fn print(area: &str, costs: &[Cost]) {
    let row = |name: &str, numbers: [usize; 3]| {
        let mut cells = vec![name.to_owned()];
        cells.extend(numbers.map(|number| format!("{number:>9}")));
        cells
    };
    let heading = [area, "      raw", "     gzip", "   brotli"];
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
}

/// The page, every file of `dist/` that it names, and the area's part of the program.
fn first_view(dist: &Path, area: &str) -> Result<Vec<Cost>> {
    let page = fs::read_to_string(dist.join("index.html"))
        .context("there is no dist/ yet: please run `cargo xtask build` first")?;
    let mut names = vec!["index.html".to_owned()];
    for name in page.split('"').filter_map(|text| text.strip_prefix('/')) {
        if !names.iter().any(|known| known == name) && dist.join(name).is_file() {
            names.push(name.to_owned());
        }
    }
    let is_loader = |name: &&String| name.ends_with("__wasm_split.js");
    let loader = names.iter().find(is_loader).cloned();
    if let Some((folder, _)) = loader.as_deref().and_then(|loader| loader.rsplit_once('/')) {
        names.push(format!("{folder}/{area}.pack"));
    }
    names.iter().map(|name| cost(dist, name)).collect()
}

fn cost(dist: &Path, name: &str) -> Result<Cost> {
    let bytes = fs::read(dist.join(name)).with_context(|| format!("there is no {name}"))?;
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
        let views = table.get("first_views").and_then(toml::Value::as_array);
        let views = views.into_iter().flatten().filter_map(toml::Value::as_str);
        let first_views: Vec<String> = views.map(str::to_owned).collect();
        ensure!(
            !first_views.is_empty(),
            "xtask/budget.toml names no area in `first_views`"
        );
        Ok(Self {
            brotli_bytes: number("brotli_bytes")?,
            requests: number("requests")?,
            first_views,
        })
    }

    fn check(&self, area: &str, costs: &[Cost]) -> Result<()> {
        let bytes: usize = costs.iter().map(|cost| cost.brotli).sum();
        ensure!(
            bytes <= self.brotli_bytes,
            "the first view of {area} costs {} bytes more than xtask/budget.toml allows",
            bytes - self.brotli_bytes
        );
        ensure!(
            costs.len() <= self.requests,
            "the first view of {area} takes {} requests, and xtask/budget.toml allows {}",
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
        let text = "brotli_bytes = 1_000\nrequests = 2\nfirst_views = [\"account\"]";
        let budget = Budget::read(text).unwrap();
        assert!(budget.check("account", &[file(400), file(600)]).is_ok());
        let bytes = budget
            .check("account", &[file(400), file(601)])
            .unwrap_err();
        assert!(bytes.to_string().contains("1 bytes more"));
        let three = [file(1), file(1), file(1)];
        let requests = budget.check("account", &three).unwrap_err();
        assert!(requests.to_string().contains("3 requests"));
    }

    #[test]
    fn a_budget_without_its_numbers_is_refused() {
        assert!(Budget::read("brotli_bytes = 1\nfirst_views = [\"a\"]").is_err());
        assert!(Budget::read("brotli_bytes = \"much\"\nrequests = 2").is_err());
        assert!(Budget::read("brotli_bytes = 1\nrequests = 2\nfirst_views = []").is_err());
    }
}
