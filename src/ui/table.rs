//! A table that becomes a stack of cards where there is no room for columns. Knows cells; does not
//! know what is in them.

use leptos::prelude::*;

/// The table.
#[component]
pub fn DataTable(
    /// What it lists, for whoever cannot see what it stands below.
    caption: &'static str,
    /// The names of its columns; on a card they stand before each cell.
    headings: Vec<&'static str>,
    /// Its rows, each with as many cells as there are columns.
    rows: Vec<Vec<AnyView>>,
) -> impl IntoView {
    let heads: Vec<_> = headings
        .iter()
        .map(|heading| {
            view! {
                <th scope="col" role="columnheader">
                    {*heading}
                </th>
            }
        })
        .collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(move |row| {
            let cells: Vec<_> = headings
                .iter()
                .zip(row)
                .map(|(heading, cell)| {
                    view! {
                        <td role="cell" data-label=*heading>
                            <div class="cell">{cell}</div>
                        </td>
                    }
                })
                .collect();
            view! { <tr role="row">{cells}</tr> }
        })
        .collect();
    // A table that is laid out as cards is no table any more to some screen readers, unless it
    // says so.
    view! {
        <div class="table-frame">
            <table class="table" role="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">{heads}</tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
}
