package grusim.result.chart;

import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.data.category.CategoryDataset;
import org.jspecify.annotations.Nullable;

/** Percentages written into the parts of a bar that are wide enough for them. */
record ShareLabels(double smallest) implements CategoryItemLabelGenerator {
    @Override
    public @Nullable String generateLabel(CategoryDataset data, int row, int column) {
        Number share = data.getValue(row, column);
        return share == null || share.doubleValue() < smallest ? null : Math.round(share.doubleValue()) + "%";
    }

    @Override
    public String generateRowLabel(CategoryDataset data, int row) {
        return data.getRowKey(row).toString();
    }

    @Override
    public String generateColumnLabel(CategoryDataset data, int column) {
        return data.getColumnKey(column).toString();
    }
}
